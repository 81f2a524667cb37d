import type { ColumnNames } from '../columns/find-columns.ts'

export type ContactColumn =
  | 'external_id'
  | 'name'
  | 'first_name'
  | 'last_name'
  | 'mobile'
  | 'phone'
  | 'email'
  | 'birthday'
  | 'locale'
  | 'time_zone'

/** In English, Italian and Ukrainian; as `plainName` has them. */
export const CONTACT_COLUMNS: ColumnNames<ContactColumn> = {
  external_id: [
    'externalid',
    'id',
    'customerid',
    'customercode',
    'customernumber',
    'contactid',
    'clientid',
    'codicecliente',
    'codice',
    'idcliente',
    'idesterno',
    'numerocliente',
    'ідентифікатор',
    'idклієнта',
    'кодклієнта',
    'код',
    'зовнішнійid',
  ],
  name: ['name', 'fullname', 'nomecompleto', 'nomeecognome', 'nominativo', 'піб', 'повнеімя'],
  first_name: ['firstname', 'givenname', 'forename', 'nome', 'імя'],
  last_name: ['lastname', 'surname', 'familyname', 'cognome', 'прізвище'],
  mobile: [
    'mobile',
    'mobilephone',
    'mobilenumber',
    'cellphone',
    'cellulare',
    'cell',
    'мобільний',
    'мобільнийтелефон',
  ],
  phone: [
    'phone',
    'phonenumber',
    'telephone',
    'tel',
    'telefono',
    'numeroditelefono',
    'numerotelefono',
    'телефон',
    'номертелефону',
    'номер',
  ],
  email: [
    'email',
    'mail',
    'emailaddress',
    'indirizzoemail',
    'postaelettronica',
    'пошта',
    'електроннапошта',
    'елпошта',
  ],
  birthday: [
    'birthday',
    'birthdate',
    'dateofbirth',
    'dob',
    'compleanno',
    'datadinascita',
    'деньнародження',
    'датанародження',
  ],
  locale: ['locale', 'language', 'lang', 'lingua', 'мова'],
  time_zone: ['timezone', 'fusoorario', 'часовийпояс'],
}
