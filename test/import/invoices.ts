/** Invoices in the form of UCI "Online Retail", made up, with every fault that the real file has. */
export const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

const at = '2011-06-01 10:00:00'; // summer: an hour before in UTC

/** One line for each thing that can happen; the comment is the line's number. */
export const invoices = [
  header,
  `100001,85123a,WHITE HEART,6,${at},2.55,17850.0,United Kingdom`, //  2 code in small letters
  `100001,85123A,WHITE HEART,6,${at},2.55,17850.0,United Kingdom`, //  3 the same line again
  `100001,71053,"WHITE METAL LANTERN ",2,${at},3.39,17850.0,United Kingdom`, //  4
  `100001,POST,POSTAGE,1,${at},18.00,17850.0,United Kingdom`, //  5 not goods
  `100002,85123A,WHITE HANGING HEART,2,2011-06-01 11:00:00,2.95,,France`, //  6 a guest, another title and price
  `100003,22139,?,-5,${at},0.0,,United Kingdom`, //  7 a correction of stock
  `100003,22139,damaged,7,${at},0.0,,United Kingdom`, //  8 the same
  `A100004,B,Adjust bad debt,1,${at},-11062.06,,United Kingdom`, //  9 not goods
  `100005,20725,LUNCH BAG,10,2011-06-02 10:00:00,1.65,13047.0,EIRE`, // 10
  `100006,20725,LUNCH BAG,4,2011-06-03 10:00:00,1.65,13047.0,EIRE`, // 11
  `100005,71053,WHITE METAL LANTERN,1,2011-06-02 09:59:00,3.39,13047.0,EIRE`, // 12 an invoice that comes again
  `C100007,20725,LUNCH BAG,-6,2011-06-04 10:00:00,1.65,13047.0,EIRE`, // 13 leans on two orders
  `C100008,20725,LUNCH BAG,-20,2011-06-04 11:00:00,1.65,13047.0,EIRE`, // 14 more than was bought
  `C100009,71053,WHITE METAL LANTERN,-1,2011-06-04 11:00:00,9.99,13047.0,EIRE`, // 15 never at that price
  `C100010,71053,WHITE METAL LANTERN,-1,2011-06-04 11:00:00,3.39,,EIRE`, // 16 a guest's
  `C100011,85123A,WHITE HEART,-12,2011-06-05 10:00:00,2.55,17850.0,United Kingdom`, // 17
  `C100011,71053,WHITE METAL LANTERN,-2,2011-06-05 10:00:00,3.39,17850.0,United Kingdom`, // 18 with it all came back
  `C100012,20725,LUNCH BAG,-1,2011-05-01 10:00:00,1.65,13047.0,EIRE`, // 19 before it was bought
  `100013,21730,GLASS STAR,6,yesterday,4.25,17850.0,United Kingdom`, // 20 no time
  `100014,21730,GLASS STAR,1.5,${at},4.25,17850.0,United Kingdom`, // 21 half a star
  `100015,21730,GLASS STAR,1,${at},4.255,17850.0,United Kingdom`, // 22 half a penny
  `C100016,20725,LUNCH BAG,-1,2011-06-04 10:00:00,1.65,99999.0,EIRE`, // 23 nobody's
].join('\n');
